package org.dl4jsnn.event.data;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dl4jsnn.event.BackwardTimestamps;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;

class EventDataSetTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);

  private final EventDataSet data = dataSet(samples());

  /** 20 recordings of class 0, 10 of class 1. */
  private static List<EventSample> samples() {
    List<EventSample> samples = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      samples.add(new EventSample(Path.of("user" + i % 5 + "_" + i), i < 20 ? 0 : 1));
    }
    return samples;
  }

  private static EventDataSet dataSet(List<EventSample> train) {
    return new EventDataSet(
        "test",
        List.of("a", "b"),
        SENSOR,
        ReadOptions.defaults(),
        train,
        List.of(),
        List.of(new EventSample(Path.of("t"), 1)));
  }

  @Test
  void shouldHoldOutAShareOfEachClass() {
    EventDataSet held = data.holdingOut(0.1, 7);
    assertEquals(27, held.train().size());
    assertEquals(List.of(0, 0, 1), held.heldOut().stream().map(EventSample::label).toList());
    assertEquals(data.test(), held.test());
    Set<EventSample> both = new HashSet<>(held.train());
    both.addAll(held.heldOut());
    assertEquals(new HashSet<>(data.train()), both);
    assertEquals(held, data.holdingOut(0.1, 7));
    assertNotEquals(held.heldOut(), data.holdingOut(0.1, 8).heldOut());
  }

  @Test
  void shouldHoldOutRecordings() {
    EventDataSet held = data.holdingOutRecordings(file -> file.toString().startsWith("user3"));
    assertEquals(6, held.heldOut().size());
    assertTrue(held.heldOut().stream().allMatch(s -> s.file().toString().contains("user3")));
    assertFalse(held.train().stream().anyMatch(s -> s.file().toString().contains("user3")));
  }

  @Test
  void shouldKeepWhatIsHeldOut() {
    EventDataSet once = data.holdingOutRecordings(file -> file.toString().startsWith("user3"));
    EventDataSet twice = once.holdingOut(0.25, 7);
    assertEquals(once.heldOut(), twice.heldOut().subList(0, 6));
    assertEquals(30, twice.train().size() + twice.heldOut().size());
    assertTrue(twice.heldOut().size() > 6);
  }

  @Test
  void shouldReadWithItsOwnSizeAndFormatWhateverTheOptions() {
    EventDataSet sorted = data.reading(ReadOptions.defaults().backward(BackwardTimestamps.SORT));
    assertEquals(SENSOR, sorted.reading().sensor().orElseThrow());
    assertEquals(BackwardTimestamps.SORT, sorted.reading().backward());
    ReadOptions format = ReadOptions.defaults().as(EventFormat.N_MNIST);
    EventDataSet fixed = data.reading(format).reading(ReadOptions.defaults());
    assertEquals(EventFormat.N_MNIST, fixed.reading().format().orElseThrow());
  }

  @Test
  void shouldRefuseWhatIsNotADataSet() {
    assertMessage(
        "label must be below the number of classes, 2, got 2 for x",
        () -> dataSet(List.of(new EventSample(Path.of("x"), 2))));
    assertMessage(
        "label must be a whole number of at least 0, got -1",
        () -> new EventSample(Path.of("x"), -1));
    assertMessage("share must be above 0 and below 1, got 1.0", () -> data.holdingOut(1, 1));
    assertMessage(
        "samples of test held out must be some and not all of the 30 of the training set, got 0",
        () -> data.holdingOut(0.01, 1));
    assertMessage(
        "samples of test held out must be some and not all of the 30 of the training set, got 30",
        () -> data.holdingOutRecordings(file -> true));
    assertMessage(
        "classes of none must be given, got none",
        () ->
            new EventDataSet(
                "none",
                List.of(),
                SENSOR,
                ReadOptions.defaults(),
                List.of(),
                List.of(),
                List.of()));
  }
}
