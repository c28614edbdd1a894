"""The code of script/train: the model of the default themes, from labels and news."""
