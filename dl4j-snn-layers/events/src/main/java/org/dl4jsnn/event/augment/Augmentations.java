package org.dl4jsnn.event.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

/** The augmentations of {@link EventAugmentation}, which says what they do. */
final class Augmentations {

  private Augmentations() {}

  private static EventTable like(EventTable events) {
    return new EventTable(events.format(), events.sensor());
  }

  /** Adds an event at another place, unless that lies off the sensor. */
  private static void addIfInside(EventTable to, double x, double y, EventTable from, int event) {
    SensorSize sensor = from.sensor();
    if (x >= 0 && x < sensor.width() && y >= 0 && y < sensor.height()) {
      to.add((int) x, (int) y, from.t(event), from.on(event));
    }
  }

  record Chain(List<EventAugmentation> parts) implements EventAugmentation {

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      EventTable changed = events;
      for (EventAugmentation part : parts) {
        changed = part.augment(changed, random);
      }
      return changed;
    }
  }

  record DropEvents(double maximumShare) implements EventAugmentation {

    DropEvents {
      Require.share("maximumShare", maximumShare);
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      double share = maximumShare * random.nextDouble();
      EventTable kept = like(events);
      for (int i = 0; i < events.size(); i++) {
        if (random.nextDouble() >= share) {
          kept.add(events.x(i), events.y(i), events.t(i), events.on(i));
        }
      }
      return kept;
    }
  }

  record FlipLeftRight(double probability) implements EventAugmentation {

    FlipLeftRight {
      Require.share("probability", probability);
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      if (random.nextDouble() >= probability) {
        return events;
      }
      EventTable flipped = like(events);
      int last = events.sensor().width() - 1;
      for (int i = 0; i < events.size(); i++) {
        flipped.add(last - events.x(i), events.y(i), events.t(i), events.on(i));
      }
      return flipped;
    }
  }

  record RandomAffine(double degrees, double scale, double shear) implements EventAugmentation {

    private static final double MOST_DEGREES = 180;

    RandomAffine {
      if (!(degrees >= 0 && degrees <= MOST_DEGREES)) {
        throw new IllegalArgumentException("degrees must be from 0 to 180, got " + degrees);
      }
      Require.not(
          !(scale >= 0 && scale < 1), "scale must be at least 0 and below 1, got %s", scale);
      Require.not(Require.finite("shear", shear) < 0, "shear must be 0 or more, got %s", shear);
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      double angle = Math.toRadians(within(degrees, random));
      double size = 1 + within(scale, random);
      double slant = within(shear, random);
      double cos = size * Math.cos(angle);
      double sin = size * Math.sin(angle);
      SensorSize sensor = events.sensor();
      double centreX = sensor.width() / 2.0;
      double centreY = sensor.height() / 2.0;
      EventTable moved = like(events);
      for (int i = 0; i < events.size(); i++) {
        double down = events.y(i) + 0.5 - centreY;
        double right = events.x(i) + 0.5 - centreX + slant * down;
        double x = Math.floor(centreX + cos * right - sin * down);
        double y = Math.floor(centreY + sin * right + cos * down);
        addIfInside(moved, x, y, events, i);
      }
      return moved;
    }

    private static double within(double most, RandomGenerator random) {
      return most * (2 * random.nextDouble() - 1);
    }
  }

  record ReverseTime(double probability) implements EventAugmentation {

    ReverseTime {
      Require.share("probability", probability);
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      if (random.nextDouble() >= probability || events.size() == 0) {
        return events;
      }
      EventTable reversed = like(events);
      // Of a recording that was read with times that go backwards, they may be anywhere.
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (int i = 0; i < events.size(); i++) {
        first = Math.min(first, events.t(i));
        last = Math.max(last, events.t(i));
      }
      for (int i = events.size() - 1; i >= 0; i--) {
        reversed.add(events.x(i), events.y(i), first + (last - events.t(i)), !events.on(i));
      }
      return reversed;
    }
  }

  record Shift(int maximumX, int maximumY) implements EventAugmentation {

    Shift {
      Require.atLeast("maximumX", maximumX, 0);
      Require.atLeast("maximumY", maximumY, 0);
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      // A long, because the bound of the largest maximum exceeds an int.
      long right = random.nextLong(-maximumX, maximumX + 1L);
      long down = random.nextLong(-maximumY, maximumY + 1L);
      EventTable shifted = like(events);
      for (int i = 0; i < events.size(); i++) {
        addIfInside(shifted, events.x(i) + right, events.y(i) + down, events, i);
      }
      return shifted;
    }
  }

  record TimeJitter(double deviation) implements EventAugmentation {

    TimeJitter {
      if (!(deviation >= 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException(
            "deviation must be at least 0 µs and finite, got " + deviation);
      }
    }

    @Override
    public EventTable augment(EventTable events, RandomGenerator random) {
      TimeWindow span = TimeWindow.of(events);
      EventTable jittered = like(events);
      for (int i = 0; i < events.size(); i++) {
        double moved = events.t(i) - span.start() + deviation * random.nextGaussian();
        long t = Math.max(0, Math.min(span.length() - 1, Math.round(moved)));
        jittered.add(events.x(i), events.y(i), span.start() + t, events.on(i));
      }
      jittered.sort();
      return jittered;
    }
  }
}
