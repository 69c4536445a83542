package org.dl4jsnn.internal.compact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A network in a compact model file. The output of the last part is the answer.
 *
 * @param shapes the output shape of each place, the encoding first
 */
public record CompactModel(
    CompactEncoding encoding, List<CompactPart> parts, List<FeatureShape> shapes) {

  /** The most neurons of a layer: 64 channels of 1024 × 1024. */
  public static final int MOST_NEURONS = 1 << 26;

  /** The largest kernel, stride, padding and dilation of a window. */
  public static final int MOST_IN_A_WINDOW = 1 << 15;

  /** Collects parts. */
  public static final class Builder {

    private final CompactEncoding encoding;
    private final List<CompactPart> parts = new ArrayList<>();
    private final List<FeatureShape> shapes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Starts a model with an encoding. Throws an IllegalArgumentException if its samples are too
     * large.
     */
    public Builder(CompactEncoding encoding) {
      this.encoding = encoding;
      add(encoding.shape());
    }

    private void add(FeatureShape shape) {
      Require.not(
          shape.neurons() > MOST_NEURONS,
          "neurons of a layer must be at most %s, got %s",
          MOST_NEURONS,
          shape.neurons());
      shapes.add(shape);
    }

    /** Before a file is written that could not be read. */
    private static void requireReadable(CompactPart part) {
      Window2D window =
          part instanceof PoolingPart pooling
              ? pooling.window()
              : part instanceof NeuronPart neurons ? neurons.window() : null;
      if (window == null) {
        return;
      }
      for (Window2D.Axis axis : List.of(window.rows(), window.columns())) {
        int most = Math.max(axis.kernel(), axis.stride());
        most = Math.max(most, Math.max(axis.padding(), axis.dilation()));
        Require.not(
            most > MOST_IN_A_WINDOW,
            "kernel, stride, padding and dilation of '%s' must be at most %s in a"
                + " model file, got %s",
            part.name(),
            MOST_IN_A_WINDOW,
            most);
      }
    }

    /** The number of places so far. */
    public int places() {
      return shapes.size();
    }

    /**
     * The shape of a place.
     *
     * @param place 0 for the encoding
     * @throws IllegalArgumentException if no such place exists or it makes no spikes
     */
    public FeatureShape spikes(int place) {
      FeatureShape shape = shape(place);
      Require.not(
          place > 0 && !parts.get(place - 1).passesSpikes(),
          "input must be a place that makes spikes, got %s, which makes none",
          place);
      return shape;
    }

    /**
     * The shape of a place.
     *
     * @param place 0 for the encoding
     * @throws IllegalArgumentException if no such place exists yet
     */
    public FeatureShape shape(int place) {
      Require.not(
          place < 0 || place >= shapes.size(),
          "input must be one of the %s places so far, got %s",
          shapes.size(),
          place);
      return shapes.get(place);
    }

    /**
     * Adds a part. Throws an IllegalArgumentException if it does not fit its input or its name is
     * taken.
     */
    public int add(CompactPart part) {
      Require.not(
          !parts.isEmpty() && parts.get(parts.size() - 1) instanceof ReadOutPart,
          "a read-out must be the last part, got '%s' after it",
          part.name());
      if (!names.add(part.name())) {
        throw new IllegalArgumentException(
            "names must differ, got '" + part.name() + "' more than once");
      }
      requireReadable(part);
      add(
          part.output(
              part.inputs().stream()
                  .map(part instanceof ReadOutPart ? this::shape : this::spikes)
                  .toList()));
      parts.add(part);
      return parts.size();
    }

    /** The model. Throws an IllegalArgumentException if it has no parts. */
    public CompactModel build() {
      Require.not(parts.isEmpty(), "a model must have at least one layer, got none");
      return new CompactModel(encoding, List.copyOf(parts), List.copyOf(shapes));
    }
  }
}
