"""Reads a user's tables of any form, cleans them by stated rules, and counts what it did."""
