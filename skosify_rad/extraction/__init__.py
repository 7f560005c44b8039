"""Notes -> statements: what each note says, in its own words."""
