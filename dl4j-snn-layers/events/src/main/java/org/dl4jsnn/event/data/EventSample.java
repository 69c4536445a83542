package org.dl4jsnn.event.data;

import java.nio.file.Path;
import java.util.Optional;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

/**
 * One sample of a data set: a recording or a part of one, and its class.
 *
 * @param file the recording
 * @param label the index of its class, from 0
 * @param window the part of the recording; empty for the whole
 */
public record EventSample(Path file, int label, Optional<TimeWindow> window) {

  /**
   * Checks the sample.
   *
   * @param file the recording
   * @param label the index of its class
   * @param window the part of the recording
   * @throws IllegalArgumentException if the label is negative or an argument is null
   */
  public EventSample {
    Require.given("file", file);
    Require.atLeast("label", label, 0);
    Require.given("window", window);
  }

  /**
   * A whole recording.
   *
   * @param file the recording
   * @param label the index of its class
   */
  public EventSample(Path file, int label) {
    this(file, label, Optional.empty());
  }

  @Override
  public String toString() {
    return file + window.map(part -> " " + part).orElse("");
  }
}
