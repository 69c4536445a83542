package org.dl4jsnn.examples.events;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Option;

/** How recordings are changed at random for training. */
public final class EventAugmentationOptions {

  private static final double MOST_DEGREES = 180;

  @Option(
      names = "--shift",
      description = "Move training samples by up to this many sensor pixels.")
  int shift = 0;

  @Option(names = "--flip", description = "Mirror half of the training samples left to right.")
  boolean flip;

  @Option(
      names = "--reverse",
      description =
          "Run half of the training samples backwards, with swapped polarity, as if what they show "
              + "moved the other way.")
  boolean reverse;

  @Option(
      names = "--rotate",
      description = "Rotate training samples by up to this many degrees, either way.")
  double rotate = 0;

  @Option(
      names = "--scale",
      description = "Scale training samples up or down by at most this share.")
  double scale = 0;

  @Option(
      names = "--shear",
      description = "Shear training samples by up to this many columns per row, either way.")
  double shear = 0;

  @Option(names = "--drop", description = "Drop up to this share of a training sample's events.")
  double drop = 0;

  @Option(names = "--jitter", description = "Move events of training samples in time; σ in µs.")
  double jitter = 0;

  public void check() {
    OptionRules.atLeast("--shift", shift, 0);
    if (!(rotate >= 0 && rotate <= MOST_DEGREES)) {
      throw new UserError("--rotate must be from 0 to 180, got " + rotate);
    }
    OptionRules.notNegative("--shear", shear);
    OptionRules.belowOne("--scale", scale);
    OptionRules.fraction("--drop", drop);
    OptionRules.notNegative("--jitter", jitter);
  }

  /** What the options stand for; by default nothing is changed. */
  public EventAugmentation augmentation() {
    List<EventAugmentation> parts = new ArrayList<>();
    if (flip) {
      parts.add(EventAugmentation.flipLeftRight(0.5));
    }
    if (reverse) {
      parts.add(EventAugmentation.reverseTime(0.5));
    }
    if (rotate > 0 || scale > 0 || shear > 0) {
      parts.add(EventAugmentation.affine(rotate, scale, shear));
    }
    if (shift > 0) {
      parts.add(EventAugmentation.shift(shift));
    }
    if (drop > 0) {
      parts.add(EventAugmentation.dropEvents(drop));
    }
    if (jitter > 0) {
      parts.add(EventAugmentation.jitterTimes(jitter));
    }
    return EventAugmentation.chain(parts.toArray(EventAugmentation[]::new));
  }
}
