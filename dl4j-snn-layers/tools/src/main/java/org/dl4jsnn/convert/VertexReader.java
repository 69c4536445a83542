package org.dl4jsnn.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.dl4jsnn.internal.walk.NetworkPart;

/**
 * Reads vertices of a graph as stages. It notes vertices that it cannot read and continues with
 * their first input.
 */
record VertexReader(ConversionRefusals refusals) {

  /** Reads a vertex, which may read flattened images. */
  Stage of(NetworkPart part, List<Stage> inputs, boolean flattened) {
    GraphVertex vertex = part.vertex();
    if (vertex instanceof ElementWiseVertex elements) {
      return elementWise(part, elements, inputs);
    }
    if (vertex instanceof MergeVertex merge) {
      return new Stage.Concatenation(part.name(), inputs, merge.getMergeAxis(), flattened);
    }
    if (vertex instanceof ScaleVertex scale) {
      return scaling(part, inputs.get(0), scale.getScaleFactor(), 0);
    }
    if (vertex instanceof ShiftVertex shift) {
      return scaling(part, inputs.get(0), 1, shift.getShiftFactor());
    }
    if (!(vertex instanceof PreprocessorVertex flattening
        && flattening.getPreProcessor() instanceof CnnToFeedForwardPreProcessor)) {
      refusals.add(part.toString(), LayerReader.NO_COUNTERPART);
    }
    return inputs.get(0);
  }

  private Stage elementWise(NetworkPart part, ElementWiseVertex vertex, List<Stage> inputs) {
    Stage sum = new Stage.Sum(part.name(), inputs);
    return switch (vertex.getOp()) {
      case Add -> sum;
      case Average -> scaling(part, sum, 1.0 / inputs.size(), 0);
      default -> {
        refusals.add(
            part.toString(), "its operation " + vertex.getOp() + " " + LayerReader.NO_COUNTERPART);
        yield sum;
      }
    };
  }

  private static Stage scaling(NetworkPart part, Stage input, double factor, double shift) {
    return new Stage.Scaling(part.name(), input, new double[] {factor}, new double[] {shift});
  }
}
