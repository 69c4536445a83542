package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Joined branches.
 *
 * @param inputs the places of its inputs, at least one; two for a kind that is not linear
 */
public record MergePart(String name, List<Integer> inputs, Kind kind) implements CompactPart {

  /** Kinds of merging; files hold their ordinals. */
  public enum Kind {
    /** Amplitudes add up. */
    ADD,
    /** Channels follow one another. */
    CONCATENATE,
    /** A spike where both branches have one. */
    AND,
    /** A spike where the first branch has one and the second has none. */
    AND_NOT;

    /** Whether rates of branches make the rates of the join. */
    public boolean isLinear() {
      return this == ADD || this == CONCATENATE;
    }
  }

  @Override
  public FeatureShape output(List<FeatureShape> shapes) {
    FeatureShape first = shapes.get(0);
    Require.not(
        !kind.isLinear() && shapes.size() != 2,
        "spikes must be compared with those of one other branch, got %s branches",
        shapes.size());
    int channels = 0;
    for (FeatureShape shape : shapes) {
      boolean fits =
          kind != Kind.CONCATENATE
              ? shape.equals(first)
              : shape.spatial() == first.spatial()
                  && shape.height() == first.height()
                  && shape.width() == first.width();
      Require.not(
          !fits,
          "joined branches must have the same %s, got %s",
          kind == Kind.CONCATENATE ? "height and width" : "shape",
          shapes);
      channels = Math.addExact(channels, shape.channels());
    }
    return kind == Kind.CONCATENATE
        ? new FeatureShape(channels, first.height(), first.width(), first.spatial())
        : first;
  }
}
