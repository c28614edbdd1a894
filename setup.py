"""What pyproject.toml cannot say: templates/ lies at the top, where users look, and ships in the package."""

from setuptools import find_namespace_packages, setup

# "namespace": folders of data alone (labels, revisions) need no __init__.py and must go along as well.
code = find_namespace_packages(include=["briefing", "briefing.*"], exclude=["*.__pycache__"])
templates = [f"briefing.templates.{name}" for name in find_namespace_packages("templates")]

setup(packages=[*code, "briefing.templates", *templates], package_dir={"briefing.templates": "templates"})
