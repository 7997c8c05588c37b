"""A throw-away contest for `bench/`: people, papers, tickets and tokens as real ones are, and the counts afterwards."""
