"""People who come over HTTP, as a rehearsal and the proof of the topology need them: standard library only."""
