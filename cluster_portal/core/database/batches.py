"""Many small operations of a migration as one, so that Django draws the models once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField
from django.db.migrations.operations.models import CreateModel

if TYPE_CHECKING:
    from django.db.migrations.state import ProjectState


class Together(Operation):
    """New models, or additions (fields, constraints, indexes, triggers), never both in one batch.

    Django draws every related model anew after each operation, which took most of the time of
    building the tables. Each of these makes one model or adds one thing to a table, so each can
    work with the models as they are before, and as they are after, the whole batch.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: list[Any]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        apps = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if apps is not None:
            state.__dict__["apps"] = apps
            names = {_model_of(operation) for operation in self.operations}
            changes_models = any(
                isinstance(operation, AddField | CreateModel) for operation in self.operations
            )
            state.reload_models(
                [(app_label, name) for name in sorted(names)], delay=not changes_models
            )

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def _model_of(operation: Any) -> str:
    name: str = operation.name if isinstance(operation, CreateModel) else operation.model_name
    return name.lower()
