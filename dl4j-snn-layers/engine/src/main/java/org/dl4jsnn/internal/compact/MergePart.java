package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Joined branches.
 *
 * @param inputs the places of its inputs, at least one
 */
public record MergePart(String name, List<Integer> inputs, Kind kind) implements CompactPart {

  /** Kinds of merging; files hold their ordinals. */
  public enum Kind {
    /** Amplitudes add up. */
    ADD,
    /** Channels follow one another. */
    CONCATENATE
  }

  @Override
  public FeatureShape output(List<FeatureShape> shapes) {
    FeatureShape first = shapes.get(0);
    int channels = 0;
    for (FeatureShape shape : shapes) {
      boolean fits =
          kind == Kind.ADD
              ? shape.equals(first)
              : shape.spatial() == first.spatial()
                  && shape.height() == first.height()
                  && shape.width() == first.width();
      Require.not(
          !fits,
          "joined branches must have the same %s, got %s",
          kind == Kind.ADD ? "shape" : "height and width",
          shapes);
      channels = Math.addExact(channels, shape.channels());
    }
    return kind == Kind.ADD
        ? first
        : new FeatureShape(channels, first.height(), first.width(), first.spatial());
  }
}
