"""What every test shares: properties are searched without a clock, as a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")
