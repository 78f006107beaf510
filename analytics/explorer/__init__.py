"""Parts of the value network that a person can look at: neighbourhoods, chains, hubs, groups."""
