package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Pooling of every step separately, without neurons.
 *
 * @param window kernel and stride; null if the whole input is one window and the output a vector
 */
public record PoolingPart(String name, int input, Kind kind, Window2D window)
    implements CompactPart {

  /** Kinds of pooling; files hold their ordinals. */
  public enum Kind {
    /** The largest amplitude. */
    MAXIMUM,
    /** The sum of the amplitudes. */
    SUM,
    /** Their mean. */
    MEAN,
    /** The growth of the largest accumulated flow. */
    GATED
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  /** The windows over an input. Throws an IllegalArgumentException if they do not fit. */
  public PoolingWindows windows(FeatureShape from) {
    Require.not(
        !from.spatial(), "input of pooling must be channels × height × width, got %s", from);
    return new PoolingWindows(window == null ? all(from) : window, from);
  }

  private static Window2D all(FeatureShape from) {
    return new Window2D(
        new Window2D.Axis(from.height(), 1, 0, 1, false),
        new Window2D.Axis(from.width(), 1, 0, 1, false));
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    FeatureShape pooled = windows(inputs.get(0)).output();
    return window == null ? FeatureShape.vector(pooled.channels()) : pooled;
  }
}
