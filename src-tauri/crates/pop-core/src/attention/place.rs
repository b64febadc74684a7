//! Where windows stand on a screen: docked to a side, as a compact bar, as a notice.
//!
//! All in the pixels of one screen; the shell multiplies with the screen's scale.

use crate::settings::Dock;

/// A part of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// The narrowest, the usual and the widest panel, and the lowest.
pub const NARROWEST: i32 = 360;
/// The usual width.
pub const USUAL: i32 = 420;
/// The widest panel.
pub const WIDEST: i32 = 1_200;
/// The lowest panel.
pub const LOWEST: i32 = 480;
/// The usual height.
pub const USUAL_HEIGHT: i32 = 780;

/// A row of the compact bar.
pub const BAR: (i32, i32) = (400, 48);
/// The most rows of the compact bar.
pub const MOST_ROWS: i32 = 3;

/// The width of a notice with its shadow.
pub const NOTICE: i32 = 376;
/// The space between a notice and the edges of the screen.
const MARGIN: i32 = 16;

impl Area {
    /// The panel at a side, over the full height; `None` where it is free.
    pub fn docked(self, side: Dock, width: i32) -> Option<Self> {
        let width = width.clamp(NARROWEST, WIDEST).min(self.width);
        let x = match side {
            Dock::Free => return None,
            Dock::Left => self.x,
            Dock::Right => self.x + self.width - width,
        };
        Some(Self { x, width, ..self })
    }

    /// A compact bar where the panel was: at the edge that is nearer, and growing away from it.
    #[must_use]
    pub fn bar(self, panel: Self, rows: usize) -> Self {
        let rows = i32::try_from(rows).unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS);
        let (width, height) = (BAR.0, BAR.1 * rows);
        let right = panel.x + panel.width / 2 > self.x + self.width / 2;
        let below = panel.y - self.y > (self.y + self.height) - (panel.y + panel.height);
        let x = if right {
            panel.x + panel.width - width
        } else {
            panel.x
        };
        let y = if below {
            panel.y + panel.height - height
        } else {
            panel.y
        };
        Self {
            x,
            y,
            width,
            height,
        }
        .within(self)
    }

    /// A notice of this height: in the upper corner at the end of the line.
    #[must_use]
    pub fn notice(self, height: i32, right_to_left: bool) -> Self {
        let x = if right_to_left {
            self.x + MARGIN
        } else {
            self.x + self.width - NOTICE - MARGIN
        };
        Self {
            x,
            y: self.y + MARGIN,
            width: NOTICE,
            height,
        }
    }

    /// The same, moved and cut so that it lies wholly on the screen.
    #[must_use]
    pub fn within(self, screen: Self) -> Self {
        let (width, height) = (self.width.min(screen.width), self.height.min(screen.height));
        Self {
            x: self.x.clamp(screen.x, screen.x + screen.width - width),
            y: self.y.clamp(screen.y, screen.y + screen.height - height),
            width,
            height,
        }
    }

    /// Whether enough of `self` is hidden behind `other` that it counts as covered.
    pub fn is_covered_by(self, other: Self) -> bool {
        let overlap = |a: i32, a_length: i32, b: i32, b_length: i32| {
            ((a + a_length).min(b + b_length) - a.max(b)).max(0)
        };
        let hidden = i64::from(overlap(self.x, self.width, other.x, other.width))
            * i64::from(overlap(self.y, self.height, other.y, other.height));
        let own = i64::from(self.width) * i64::from(self.height);
        hidden * 2 > own
    }
}
