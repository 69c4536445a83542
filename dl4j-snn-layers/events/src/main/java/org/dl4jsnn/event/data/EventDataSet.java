package org.dl4jsnn.event.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Lists of labelled samples, and how to read their recordings. Made by {@link Cifar10Dvs}, {@link
 * NMnist}, {@link DvsGesture}, {@link NCars}, {@link NCaltech101}, {@link EsImageNet}, {@link
 * FolderPerClass}, {@link SegmentsCsv}, or by hand.
 *
 * @param name the data set's name, for messages
 * @param classes names of the classes, in the order of the labels
 * @param sensor the size of every recording
 * @param reading how recordings are read
 * @param train training samples
 * @param heldOut samples held out of the training set; empty at first
 * @param test test samples
 */
public record EventDataSet(
    String name,
    List<String> classes,
    SensorSize sensor,
    ReadOptions reading,
    List<EventSample> train,
    List<EventSample> heldOut,
    List<EventSample> test) {

  /**
   * Copies the lists, and checks the labels.
   *
   * @param name the data set's name
   * @param classes names of the classes
   * @param sensor the size of every recording
   * @param reading how recordings are read
   * @param train training samples
   * @param heldOut samples held out
   * @param test test samples
   * @throws IllegalArgumentException if there are no classes, a label has no class, or an argument
   *     is null
   */
  public EventDataSet {
    Require.given("name", name);
    Require.given("sensor", sensor);
    Require.given("reading", reading);
    classes = List.copyOf(Require.given("classes", classes));
    train = List.copyOf(Require.given("train", train));
    heldOut = List.copyOf(Require.given("heldOut", heldOut));
    test = List.copyOf(Require.given("test", test));
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes of " + name + " must be given, got none");
    }
    for (List<EventSample> samples : List.of(train, heldOut, test)) {
      for (EventSample sample : samples) {
        if (sample.label() >= classes.size()) {
          throw new IllegalArgumentException(
              "label must be below the number of classes, "
                  + classes.size()
                  + ", got "
                  + sample.label()
                  + " for "
                  + sample);
        }
      }
    }
  }

  /**
   * This data set with another way to read its recordings.
   *
   * @param options how to read them
   * @return the data set; keeps its size, and its format if the layout fixes one
   */
  public EventDataSet reading(ReadOptions options) {
    ReadOptions sized = options.sensor(sensor.width(), sensor.height());
    ReadOptions own = reading.format().map(sized::as).orElse(sized);
    return new EventDataSet(name, classes, sensor, own, train, heldOut, test);
  }

  /**
   * This data set with a share of the training samples of each class held out, in addition to those
   * that are, chosen by the seed. Similar parts of one recording may then be on both sides; see
   * {@link #holdingOutRecordings}.
   *
   * @param share the share of each class, above 0 and below 1, rounded to whole samples
   * @param seed chooses them, with the same result on every machine
   * @return the data set
   * @throws IllegalArgumentException if the share is out of range or one of the lists would be
   *     empty
   */
  public EventDataSet holdingOut(double share, long seed) {
    return holdingOut(SeededSplit.ofClasses(train, share, seed)::contains);
  }

  /**
   * This data set with all training samples of certain recordings held out, in addition to those
   * that are.
   *
   * @param recordings selects recordings
   * @return the data set
   * @throws IllegalArgumentException if one of the lists would be empty
   */
  public EventDataSet holdingOutRecordings(Predicate<Path> recordings) {
    return holdingOut(sample -> recordings.test(sample.file()));
  }

  private EventDataSet holdingOut(Predicate<EventSample> chosen) {
    List<EventSample> kept = train.stream().filter(chosen.negate()).toList();
    List<EventSample> held = train.stream().filter(chosen).toList();
    if (kept.isEmpty() || held.isEmpty()) {
      throw new IllegalArgumentException(
          "samples of "
              + name
              + " held out must be some and not all of the "
              + train.size()
              + " of the training set, got "
              + held.size());
    }
    List<EventSample> all = Stream.concat(heldOut.stream(), held.stream()).toList();
    return new EventDataSet(name, classes, sensor, reading, kept, all, test);
  }

  @Override
  public String toString() {
    return name
        + ": "
        + classes.size()
        + " classes, "
        + train.size()
        + " training, "
        + heldOut.size()
        + " held out and "
        + test.size()
        + " test samples of "
        + sensor;
  }
}
