"""What upper packages tell `people` about the rows they keep of persons and units.

`people` may not import them, so they register in `AppConfig.ready()`; a test fails when a model with a key to
Member or Unit is not registered.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

PersonalData = Callable[[int], list[dict[str, Any]]]  # member id -> rows as shown to the person
Erase = Callable[[int], None]  # member id
Merge = Callable[[int, int], None]  # kept member id, dropped member id
RosterChanged = Callable[[Collection[int]], None]  # ids of the units whose people, place or class of people changed
Consequences = Callable[[int], dict[str, int]]  # unit id -> {sentence key: number of rows touched}


@dataclass(frozen=True)
class Keeper:
    """One package's promises for the models it names ("learning.Completion")."""

    models: tuple[str, ...]
    personal_data: PersonalData | None = None
    erase: Erase | None = None
    merge: Merge | None = None
    unit_consequences: Consequences | None = None


@dataclass
class Registry:
    keepers: dict[str, Keeper] = field(default_factory=dict)
    roster_listeners: list[RosterChanged] = field(default_factory=list)

    def register(self, package: str, keeper: Keeper) -> None:
        self.keepers[package] = keeper

    def tell_roster_changed(self, unit_ids: Collection[int]) -> None:
        """Every action that writes memberships or versions of units calls this in its transaction."""
        for listen in self.roster_listeners:
            listen(unit_ids)

    def covered_models(self) -> set[str]:
        return {label for keeper in self.keepers.values() for label in keeper.models}


registry = Registry()
