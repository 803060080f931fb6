"""`RunState`, the search attribute by which runs are found: registered by the worker itself."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError

from domain.run import RUN_STATE_ATTRIBUTE

KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
ACCEPTED_WITHIN_SECONDS = 10.0
RETRY_SECONDS = 0.2
RPC_TIMEOUT = timedelta(seconds=5)

logger = logging.getLogger(__name__)


async def register_run_state(client: Client) -> bool:
    """Whether runs may upsert `RunState`.

    Where the cluster lets nobody register it, or has it with another type, runs go without:
    an upsert would hang them.
    """
    try:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(
                namespace=client.namespace, search_attributes={RUN_STATE_ATTRIBUTE: KEYWORD}
            ),
            timeout=RPC_TIMEOUT,
        )
    except RPCError as exc:
        logger.info("%s could not be registered: %s", RUN_STATE_ATTRIBUTE, exc)
    return await _has_run_state(client) and await _is_accepted(client)


async def _has_run_state(client: Client) -> bool:
    try:
        known = await client.operator_service.list_search_attributes(
            ListSearchAttributesRequest(namespace=client.namespace), timeout=RPC_TIMEOUT
        )
    except RPCError as exc:
        logger.warning("runs go without %s: %s", RUN_STATE_ATTRIBUTE, exc)
        return False
    found = known.custom_attributes.get(RUN_STATE_ATTRIBUTE)
    if found != KEYWORD:
        state = "not registered" if found is None else "of another type than Keyword"
        logger.warning(
            "runs go without %s: it is %s. Register it with "
            "temporal operator search-attribute create --name %s --type Keyword",
            RUN_STATE_ATTRIBUTE,
            state,
            RUN_STATE_ATTRIBUTE,
        )
    return bool(found == KEYWORD)


async def _is_accepted(client: Client) -> bool:
    """A registered attribute is known to every frontend only after its cache was refreshed."""
    deadline = asyncio.get_running_loop().time() + ACCEPTED_WITHIN_SECONDS
    while True:
        try:
            await client.count_workflows(f'{RUN_STATE_ATTRIBUTE} = "INIT"', rpc_timeout=RPC_TIMEOUT)
        except RPCError as exc:
            if asyncio.get_running_loop().time() > deadline:
                logger.warning("runs go without %s: %s", RUN_STATE_ATTRIBUTE, exc)
                return False
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return True
