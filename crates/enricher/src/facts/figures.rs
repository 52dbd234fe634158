//! How much, and when.

use document::Measure;

use super::frames::{Frame, Need, Role};
use super::patterns::Found;
use super::reader::Reader;

impl Reader<'_, '_> {
    /// The amount that belongs to a trigger: the nearest of the first of the frame's measures that is there, in the same
    /// clause and before the next trigger of the frame.
    pub(super) fn amount(
        &self,
        trigger: Found<Role>,
        frame: &Frame,
        is_verb: bool,
        next: usize,
    ) -> Option<usize> {
        if frame.measures.is_empty() {
            return None;
        }
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let reach = frame.amount_reach;
        sentence
            .amounts
            .iter()
            .filter(|(tokens, number)| {
                let amount = &sentence.article.amounts[*number];
                frame.measures.contains(&amount.measure)
                    && (!frame.needs.contains(&Need::Rate)
                        || amount.per.is_some()
                        || amount.measure == Measure::Power)
                    && amount.value.is_some()
                    && tokens.start >= clause.start
                    && tokens.end <= clause.end.min(next)
            })
            .filter_map(|(tokens, number)| {
                let distance = if tokens.start >= trigger.end {
                    tokens.start - trigger.end
                } else if tokens.end <= trigger.start {
                    // Before it an amount belongs to it only as its quantity: *300 milliards de contrats*.
                    (trigger.start - tokens.end) * if is_verb { 4 } else { 2 }
                } else {
                    0
                };
                let measure = sentence.article.amounts[*number].measure;
                let rank = frame.measures.iter().position(|known| *known == measure);
                (distance <= reach).then_some((rank, distance, *number))
            })
            .min()
            .map(|(.., number)| number)
    }

    /// The date that stands in the sentence: the first behind the trigger, else the last before it.
    pub(super) fn when(&self, trigger: Found<Role>) -> Option<String> {
        let dates: Vec<_> = self.sentence.dates().collect();
        let date = dates
            .iter()
            .find(|(tokens, _)| tokens.start >= trigger.end)
            .or_else(|| dates.iter().rfind(|(tokens, _)| tokens.end <= trigger.start));
        date.and_then(|(_, date)| date.resolved.clone().or_else(|| date.edtf.clone()))
    }
}
