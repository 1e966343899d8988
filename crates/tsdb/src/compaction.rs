//! Which blocks are joined next.

use std::sync::Arc;

use crate::Options;
use crate::block::Block;

/// So many blocks of one level, one behind the other, are joined to one of the next level.
const GROUP: usize = 4;
/// What a tick may join at most, so that it ends soon. Units: bytes.
const JOINED_BYTES: u64 = 1 << 30;

/// The blocks that are joined next, by time; `None`: none.
pub(crate) fn plan(blocks: &[Arc<Block>], options: &Options) -> Option<Vec<Arc<Block>>> {
    // A block holds no more than a tenth of what is kept, so that what is old goes in small parts.
    let span = options.block_span.0.min(options.retention.0 / 10).max(options.head_span.0);
    blocks.windows(GROUP).find(|group| is_group(group, span)).map(<[_]>::to_vec)
}

fn is_group(group: &[Arc<Block>], span: i64) -> bool {
    let level = |block: &Arc<Block>| block.footer.level;
    let (Some(first), max) = (group.first(), group.iter().map(|block| block.footer.max).max()) else { return false };
    group.iter().all(|block| level(block) == level(first) && block.damage.is_none())
        && max.is_some_and(|max| max.saturating_sub(first.footer.min) <= span)
        && group.iter().map(|block| block.size_bytes).sum::<u64>() <= JOINED_BYTES
}
