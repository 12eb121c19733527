"""Data only: `places.dat`, the towns and regions of the world; README.md says where they come from."""
