"""What `dev` runs before the environment exists, so the standard library only: the server's own settings, its start,
its upgrade, and the question whether it answers."""
