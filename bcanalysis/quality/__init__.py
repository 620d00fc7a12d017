"""Where published figures contradict themselves or each other, and where there are none."""
