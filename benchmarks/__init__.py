"""Side by side with what a user would run instead: ratios, measured in one run."""
