"""Speaks to `sayso mcp` with the official Python client: initialise, list, call every tool, wrong arguments, cancel.

    client.py SAYSO INDEX

Ends with 1 where something is wrong. Results are checked against the schemas that the tools state.
"""

import asyncio
import re
import sys

import jsonschema
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

CALLS = {
    "ask": {"question": "How much would the repairs cost?"},
    "check_quote": {"quote": "We have 12 volunteers and no money", "by": "Bram Tolley"},
    "quotes": {"by": "Fairlie"},
    "trace": {"quote": "I will not close it unless the council tells me to"},
    "show_document": {"document": "tide.txt", "start": 0, "end": 16},
}
WRONG = [("ask", {}), ("ask", {"question": 7}), ("check_quote", {"quote": ""}), ("show_document", {"document": "../x"}), ("quotes", {"top": 0})]


def field(value, name):
    """A field by its name in the protocol; later versions of the package write it in their own way."""
    return getattr(value, name) if hasattr(value, name) else getattr(value, re.sub("([A-Z])", r"_\1", name).lower())


async def speak(session):
    told = await session.initialize()
    assert field(told, "serverInfo").name == "sayso", told
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    assert set(tools) == set(CALLS), sorted(tools)
    for name, arguments in CALLS.items():
        result = await session.call_tool(name, arguments)
        assert not field(result, "isError"), (name, result)
        jsonschema.validate(arguments, field(tools[name], "inputSchema"))
        jsonschema.validate(field(result, "structuredContent"), field(tools[name], "outputSchema"))
    for name, arguments in WRONG:
        result = await session.call_tool(name, arguments)
        assert field(result, "isError") and result.content[0].text, (name, arguments, result)
    resources = (await session.list_resources()).resources
    assert resources, "no documents"
    assert (await session.read_resource(resources[0].uri)).contents[0].text
    prompts = (await session.list_prompts()).prompts
    assert (await session.get_prompt(prompts[0].name, {})).messages
    await cancelled(session)
    return len(tools), len(resources)


async def cancelled(session):
    """A call that its caller gives up leaves the conversation usable."""
    try:
        await asyncio.wait_for(session.call_tool("ask", CALLS["ask"]), timeout=0.001)
    except (TimeoutError, asyncio.TimeoutError):
        pass
    again = await session.call_tool("quotes", CALLS["quotes"])
    assert not field(again, "isError"), again


async def main(program, index):
    server = StdioServerParameters(command=program, args=["mcp", "--index", index, "--reader", "linear"])
    async with stdio_client(server) as (reading, writing):
        async with ClientSession(reading, writing) as session:
            print("%d tools, %d documents" % await speak(session))


asyncio.run(main(*sys.argv[1:3]))
