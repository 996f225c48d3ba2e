"""What both checkers refuse of the models of every kind: the lines that say so, and no
others."""

from __future__ import annotations

from made.models import Circle, Counters, Dog, Everything, Level, SimpleUser, SquareBox

ada = SimpleUser(login="ada", id=1)
circle = Circle(radius=1.0)
thing = Everything.patch()
Circle()  # refused
Circle(radius=1.0, kind="box")  # refused
Circle(radius="1")  # refused
SimpleUser(login="ada", id=None)  # refused
Dog(name="Rex")  # refused
thing.owner = circle  # refused
thing.owner = None  # refused
thing.either = 1.5  # refused
thing.version = "v2"  # refused
thing.users = {"a": circle}  # refused
thing.labels = {"a": 1}  # refused
thing.shapes = [ada]  # refused
thing.level = 1  # refused
thing.value = {"a": ada}  # refused
thing.created = None  # refused
Counters().additional["a"] = "b"  # refused
SquareBox(side=Level)  # refused
