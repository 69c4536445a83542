package org.dl4jsnn.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An event, in the convention of tables. */
public record TestEvent(int x, int y, long t, boolean on) {

  /** What every format can hold: N-MNIST's sensor and less than its 23 bits of time. */
  public static final SensorSize SENSOR = new SensorSize(34, 34);

  /** Sorted events, some of them in rows that fire together, as vectors of EVT 3.0 hold them. */
  public static List<TestEvent> random(long seed, int count) {
    Random random = new Random(seed);
    List<TestEvent> events = new ArrayList<>();
    long t = random.nextInt(5000);
    while (events.size() < count) {
      int y = random.nextInt(SENSOR.height());
      boolean on = random.nextBoolean();
      int x = random.nextInt(SENSOR.width());
      int run = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 1;
      for (int i = 0; i < run && x < SENSOR.width() && events.size() < count; i++) {
        events.add(new TestEvent(x, y, t, on));
        x += 1 + random.nextInt(2);
      }
      t += random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(20);
    }
    return events;
  }

  /**
   * Few events, whose times repeat, or advance by about the unit of each format: 64 µs, 4,096 µs and
   * 65,536 µs; less than 23 bits in total.
   */
  static List<TestEvent> paced(long seed) {
    Random random = new Random(seed);
    List<TestEvent> events = new ArrayList<>();
    long t = 0;
    for (int i = random.nextInt(80); i >= 0; i--) {
      int pause = random.nextInt(11);
      t +=
          pause < 4
              ? 0
              : pause < 8
                  ? 1 + random.nextInt(70)
                  : pause < 10 ? 4_000 + random.nextInt(201) : 65_000 + random.nextInt(1_001);
      int x = random.nextInt(SENSOR.width());
      events.add(new TestEvent(x, random.nextInt(SENSOR.height()), t, random.nextBoolean()));
    }
    return events;
  }

  /** A table of events. */
  public static EventTable table(SensorSize sensor, List<TestEvent> events) {
    EventTable table = new EventTable("test", sensor);
    events.forEach(event -> table.add(event.x(), event.y(), event.t(), event.on()));
    return table;
  }

  public static List<TestEvent> of(EventTable table) {
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      events.add(new TestEvent(table.x(i), table.y(i), table.t(i), table.on(i)));
    }
    return events;
  }
}
