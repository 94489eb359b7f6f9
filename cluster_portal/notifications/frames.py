"""Mail templates in two parts: what all letters of a kind share is rendered once and kept.

A letter's template extends `mail/base.*`, which is the same for all whose `FRAME` values are; only
the blocks that the kind fills in are rendered for each letter, and put where the base has them.
"""

from dataclasses import dataclass
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django.template import Context, Engine
from django.template.base import NodeList, Template, TextNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.utils.html import escape

# All that `mail/base.html` and `mail/base.txt` may use outside the blocks, beside the subject.
FRAME = (
    *("kind", "language", "site", "is_demo", "addressee", "unsubscribe_url"),
    *("preferences_url", "desk_url", "privacy_url"),
)
MARK = token_hex(12)
SUBJECT = "the subject"  # no block can be called so


def render(name: str, context: dict[str, Any], *, autoescape: bool = True) -> str:
    """As Django renders the template, sooner."""
    look = tuple(context.get(key) for key in FRAME)
    frame = _frame(Engine.get_default(), name, look, autoescape)
    own = Context(context, autoescape=autoescape)
    if not frame.pieces:
        return frame.templates[0].render(own)
    subject = str(context.get("subject", ""))
    words = {SUBJECT: escape(subject) if autoescape else subject}
    return "".join(
        words.get(piece) or frame.block(piece, own) if is_place else piece
        for piece, is_place in frame.pieces
    )


@dataclass(frozen=True)
class Frame:
    """The templates from the letter's to the base, and the base's words with places between.

    There are no pieces when the template extends none.
    """

    templates: list[Template]
    blocks: list[dict[str, BlockNode]]
    pieces: list[tuple[str, bool]]

    def block(self, name: str, context: Context) -> str:
        nearest = next(found[name] for found in self.blocks if name in found)
        return _rendered(self.templates[-1], context, self.blocks, NodeList([nearest]))


@lru_cache(maxsize=1000)
def _frame(engine: Engine, name: str, look: tuple[Any, ...], autoescape: bool) -> Frame:  # noqa: FBT001  as lru_cache takes it
    templates = [engine.get_template(name)]
    while extends := _extends(templates[-1]):
        parent: Any = extends.parent_name
        templates.append(engine.get_template(parent.resolve(Context())))
    blocks = [_blocks(one) for one in templates]
    if len(templates) == 1:
        return Frame(templates, blocks, [])
    own = {name for found in blocks[:-1] for name in found}
    places = {name: BlockNode(name, NodeList([TextNode(f"{MARK}{name}{MARK}")])) for name in own}
    known = {**dict(zip(FRAME, look, strict=True)), "subject": f"{MARK}{SUBJECT}{MARK}"}
    base, context = templates[-1], Context(known, autoescape=autoescape)
    words = _rendered(base, context, [places, blocks[-1]], base.nodelist).split(MARK)
    pieces = [(piece, bool(number % 2)) for number, piece in enumerate(words) if piece]
    return Frame(templates, blocks, pieces)


def _extends(template: Template) -> ExtendsNode | None:
    first = next((node for node in template.nodelist if not isinstance(node, TextNode)), None)
    return first if isinstance(first, ExtendsNode) else None


def _blocks(template: Template) -> dict[str, BlockNode]:
    found: list[Any] = template.nodelist.get_nodes_by_type(BlockNode)
    return {node.name: node for node in found}


def _rendered(
    base: Template, context: Context, blocks: list[dict[str, BlockNode]], nodes: NodeList
) -> str:
    """These nodes as they stand in the base, with the blocks of those that extend it."""
    known = BlockContext()
    for found in blocks:
        known.add_blocks(found)
    with context.render_context.push_state(base), context.bind_template(base):
        context.render_context[BLOCK_CONTEXT_KEY] = known
        return nodes.render(context)
