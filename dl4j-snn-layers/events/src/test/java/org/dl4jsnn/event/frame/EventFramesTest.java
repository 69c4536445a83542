package org.dl4jsnn.event.frame;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.junit.jupiter.api.Test;

class EventFramesTest {

  private static final SensorSize DVS128 = new SensorSize(128, 128);

  /** Frame by frame, pixel by pixel: the number of events. */
  private static float[] slowly(List<TestEvent> events, TimeWindow window, FrameOptions options) {
    FrameShape shape = options.shape(TestEvent.SENSOR);
    int[] steps = options.slicing().stepsOf(TestEvent.table(TestEvent.SENSOR, events), window);
    float[] values = new float[shape.size()];
    int k = options.window();
    int next = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      boolean on = channel == 1;
      for (int step = 0; step < shape.steps(); step++) {
        for (int row = 0; row < shape.height(); row++) {
          for (int column = 0; column < shape.width(); column++, next++) {
            for (int i = 0; i < steps.length; i++) {
              TestEvent event = events.get(i);
              boolean here =
                  steps[i] == step
                      && (shape.channels() == 1 || event.on() == on)
                      && event.x() >= k * column
                      && event.x() < k * column + k
                      && event.y() >= k * row
                      && event.y() < k * row + k;
              values[next] += here ? 1 : 0;
            }
            values[next] = options.isBinary() ? Math.min(1, values[next]) : values[next];
          }
        }
      }
    }
    return values;
  }

  @Test
  void shouldCountAsASlowCountDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      List<TestEvent> events = TestEvent.random(i, 1 + random.nextInt(60));
      int steps = 1 + random.nextInt(4);
      Slicing slicing =
          switch (random.nextInt(4)) {
            case 0 -> Slicing.intoEqualParts(steps);
            case 1 -> Slicing.intoEqualCounts(steps);
            case 2 -> Slicing.byTime(1 + random.nextInt(9000), steps);
            default -> Slicing.byCount(1 + random.nextInt(20), steps);
          };
      UnevenRest rest = UnevenRest.values()[random.nextInt(2)];
      int k = 1 + random.nextInt(34);
      FrameOptions options =
          new FrameOptions(slicing, random.nextBoolean(), random.nextBoolean(), k, rest);
      long start = random.nextInt(10_000);
      TimeWindow window = new TimeWindow(start, start + 1 + random.nextInt(100_000));
      EventTable table = TestEvent.table(TestEvent.SENSOR, events);
      EventFrames frames = EventFrames.of(table, window, options);
      assertArrayEquals(slowly(events, window, options), frames.values(), options.toString());
    }
  }

  /** A custom slicing that gives certain steps. */
  private record Given(int steps, int[] given) implements Slicing {
    @Override
    public int[] stepsOf(EventTable events, TimeWindow window) {
      return given;
    }
  }

  @Test
  void shouldRefuseStepsThatDoNotExist() {
    EventTable events = TestEvent.table(TestEvent.SENSOR, TestEvent.random(2, 3));
    for (int step : new int[] {-2, 2}) {
      Slicing slicing = new Given(2, new int[] {0, step, 1});
      assertBegins(
          IllegalStateException.class,
          "a slicing must return steps from 0 to 1, or OUTSIDE (-1), got " + step + " from ",
          () -> EventFrames.of(events, FrameOptions.of(slicing)));
    }
    assertBegins(
        IllegalStateException.class,
        "a slicing must return a step for each of 3 events, got 2",
        () -> EventFrames.of(events, FrameOptions.of(new Given(2, new int[2]))));
  }

  @Test
  void shouldHaveACacheKeyOfAllSettings() {
    List<FrameOptions> all = new ArrayList<>();
    for (Slicing slicing :
        List.of(
            Slicing.intoEqualParts(3),
            Slicing.intoEqualParts(4),
            Slicing.intoEqualCounts(3),
            Slicing.byTime(3, 4),
            Slicing.byTime(4, 3),
            Slicing.byCount(3, 4),
            Slicing.byCount(4, 3))) {
      FrameOptions options = FrameOptions.of(slicing);
      all.addAll(
          List.of(
              options,
              options.binary(),
              options.polaritiesTogether(),
              options.summing(2, UnevenRest.LEAVE_OUT),
              options.summing(2, UnevenRest.KEEP)));
    }
    Set<String> keys = new HashSet<>();
    all.forEach(options -> keys.add(options.cacheKey().orElseThrow()));
    assertEquals(all.size(), keys.size());
    assertEquals(
        5, FrameOptions.class.getRecordComponents().length, "a new setting must be in the key");
    assertTrue(FrameOptions.of(new Given(2, new int[2])).cacheKey().isEmpty());
  }

  @Test
  void shouldLoseNoEvent() {
    EventTable events = TestEvent.table(TestEvent.SENSOR, TestEvent.random(2, 5003));
    for (int steps : new int[] {1, 7, 100}) {
      for (int k : new int[] {1, 3, 5}) {
        for (Slicing slicing :
            List.of(Slicing.intoEqualParts(steps), Slicing.intoEqualCounts(steps))) {
          FrameOptions options = FrameOptions.of(slicing).summing(k, UnevenRest.KEEP);
          assertEquals(5003, sum(EventFrames.of(events, options)));
          assertEquals(5003, sum(EventFrames.of(events, options.polaritiesTogether())));
        }
      }
    }
  }

  private static double sum(EventFrames frames) {
    double sum = 0;
    for (float value : frames.values()) {
      sum += value;
    }
    return sum;
  }

  @Test
  void shouldCountBeyondABytesLimit() {
    EventTable events = new EventTable("test", DVS128);
    for (int i = 0; i < 70_000; i++) {
      events.add(5, 7, i, true);
    }
    EventFrames frames = EventFrames.of(events, FrameOptions.cifar10Dvs(2));
    assertEquals(35_000, frames.values()[frames.shape().index(1, 0, 2, 1)]);
    assertEquals(35_000, frames.values()[frames.shape().index(1, 1, 2, 1)]);
    assertEquals(70_000, sum(frames));
  }

  @Test
  void shouldKeepTheLastEventsAndThoseOfBothPolarities() {
    EventTable events = new EventTable("test", DVS128);
    events.add(0, 0, 1000, false);
    events.add(0, 0, 2009, true);
    EventFrames frames = EventFrames.of(events, FrameOptions.cifar10Dvs(100));
    assertEquals(1, frames.values()[frames.shape().index(0, 0, 0, 0)]);
    assertEquals(1, frames.values()[frames.shape().index(1, 99, 0, 0)]);
  }

  @Test
  void shouldHaveThePublishedShapeForCifar10Dvs() {
    FrameShape shape = FrameOptions.cifar10Dvs(100).shape(DVS128);
    assertEquals(new FrameShape(2, 100, 42, 42), shape);
    assertEquals("[2, 100, 42, 42]", shape.toString());
    EventTable rest = new EventTable("test", DVS128);
    rest.add(126, 0, 0, true);
    rest.add(0, 127, 0, true);
    rest.add(125, 125, 0, true);
    assertEquals(1, sum(EventFrames.of(rest, FrameOptions.cifar10Dvs(1))));
  }

  @Test
  void shouldKeepOrLeaveOutTheRestOfTheSensor() {
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1)).polaritiesTogether();
    assertEquals(new FrameShape(1, 1, 43, 43), options.summing(3, UnevenRest.KEEP).shape(DVS128));
    assertEquals(
        new FrameShape(1, 1, 1, 1), options.summing(128, UnevenRest.LEAVE_OUT).shape(DVS128));
    assertEquals(new FrameShape(1, 1, 1, 1), options.summing(1000, UnevenRest.KEEP).shape(DVS128));
  }

  @Test
  void shouldRefuseWhatMakesNoFrames() {
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1));
    assertMessage(
        "window must be at most the sensor's smaller side, of 128 x 128, got 129",
        () -> options.summing(129, UnevenRest.LEAVE_OUT).shape(DVS128));
    assertMessage(
        "window must be a whole number of at least 1, got 0",
        () -> options.summing(0, UnevenRest.KEEP));
    assertMessage("slicing must be given, got null", () -> FrameOptions.of(null));
    assertMessage(
        "values of frames of [1, 1, 2, 2] must be 4, got 3",
        () -> new EventFrames(new float[3], new FrameShape(1, 1, 2, 2)));
    assertRefused(
        IllegalArgumentException.class,
        () -> FrameOptions.of(Slicing.intoEqualParts(100_000)).shape(DVS128),
        "got [channels, T, height, width] = [2, 100000, 128, 128]");
  }
}
