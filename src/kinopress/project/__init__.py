"""What can be done with a project: functions with values in and out, used by every door."""
