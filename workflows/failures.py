"""What became of an activity that failed, in the words that its record and its rules need."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, TimeoutError, TimeoutType

with workflow.unsafe.imports_passed_through():
    from pydantic import ValidationError

    from domain.failure import Category, Failure
    from domain.run import RunError, RunState

_LIMITS = {
    TimeoutType.START_TO_CLOSE: "took longer than its time limit",
    TimeoutType.SCHEDULE_TO_START: "waited too long for a worker",
    TimeoutType.SCHEDULE_TO_CLOSE: "was not finished in the time that a run may wait for it",
    TimeoutType.HEARTBEAT: "was lost with its worker too often",
}


def error_of(exc: BaseException, state: RunState) -> RunError:
    """The error of a run that ends by `exc`."""
    cause = exc.cause if isinstance(exc, ActivityError) else exc
    match cause:
        case TimeoutError():
            what = exc.activity_type if isinstance(exc, ActivityError) else "the run"
            said = _LIMITS.get(cause.type, "timed out") if cause.type else "timed out"
            return RunError(type="TimedOut", message=f"{what} {said}", state=state)
        case ApplicationError():
            return RunError(
                type=cause.type or "ApplicationError", message=cause.message, state=state
            )
    return RunError(type="Defect", message=f"{type(cause).__name__}: {cause}", state=state)


def failure_of(exc: ActivityError) -> Failure:
    """Of which category a failure is; a time-out is the provider's."""
    cause = exc.cause
    if isinstance(cause, TimeoutError):
        return Failure(category=Category.PROVIDER)
    if isinstance(cause, ApplicationError) and cause.details:
        try:
            return Failure.model_validate(cause.details[0])
        except ValidationError:
            pass
    return Failure(category=Category.OTHER)


def reason_of(exc: ActivityError) -> str:
    """One sentence, for those who read why something was replaced."""
    return error_of(exc, RunState.ASSET_GENERATION).message
