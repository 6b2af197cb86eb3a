"""The add-ins, packed for one service: what administrators roll out and the service serves at /addin/."""
