package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.dl4jsnn.internal.walk.NetworkPart;

/**
 * Follows flattened images through a network. Stages know no flattening: a full connection reads
 * its image channels first. That is not enough where flattened images meet vectors, and, if
 * channels are last, where their values are observed or merged in another order.
 */
final class FlatImages {

  private final ConversionRefusals refusals;

  /** The places of parts whose outputs are flattened images of more than one position. */
  private final Set<Integer> flat = new HashSet<>();

  /** The same, also of one position, where the order of channels does not matter. */
  private final Set<Integer> flatOfAnySize = new HashSet<>();

  /** Parts that read them in an order that counts if channels are last. */
  private final List<NetworkPart> ordered = new ArrayList<>();

  FlatImages(ConversionRefusals refusals) {
    this.refusals = refusals;
  }

  /** Whether a part flattens images whose channels are last. */
  static boolean areChannelsLast(NetworkPart part) {
    return flattening(part).filter(from -> from.getFormat() == CNN2DFormat.NHWC).isPresent();
  }

  /** Whether a part reads a flattened image of any size. */
  boolean areReadBy(NetworkPart part) {
    return part.inputs().stream().anyMatch(flatOfAnySize::contains);
  }

  /** Looks at a part after those that it reads. */
  void look(NetworkPart part) {
    if ((areReadBy(part) || flattening(part).isPresent()) && keepsOrder(part)) {
      flatOfAnySize.add(part.place());
    }
    long given = part.inputs().stream().filter(flat::contains).count();
    boolean isFlat =
        given > 0
            || flattening(part)
                .filter(image -> image.getInputHeight() * image.getInputWidth() > 1)
                .isPresent();
    boolean meets =
        part.vertex() instanceof MergeVertex || part.vertex() instanceof ElementWiseVertex;
    if (meets && given > 0 && given < part.inputs().size()) {
      refusals.add(
          part.toString(),
          "joins flattened images with vectors, which spiking layers cannot do; put a dense layer"
              + " after the flattening");
    }
    if (isFlat && (meets || part.configuration() instanceof ActivationLayer)) {
      ordered.add(part);
    }
    if (isFlat && keepsOrder(part)) {
      flat.add(part.place());
    }
  }

  private static boolean keepsOrder(NetworkPart part) {
    GraphVertex vertex = part.vertex();
    return vertex instanceof MergeVertex
        || vertex instanceof ElementWiseVertex
        || vertex instanceof ScaleVertex
        || vertex instanceof ShiftVertex
        || vertex instanceof PreprocessorVertex
        || part.configuration() instanceof ActivationLayer
        || part.configuration() instanceof BatchNormalization
        || part.configuration() instanceof DropoutLayer;
  }

  private static Optional<CnnToFeedForwardPreProcessor> flattening(NetworkPart part) {
    Optional<InputPreProcessor> before =
        part.vertex() instanceof PreprocessorVertex vertex
            ? Optional.ofNullable(vertex.getPreProcessor())
            : part.preProcessor();
    return before
        .filter(CnnToFeedForwardPreProcessor.class::isInstance)
        .map(CnnToFeedForwardPreProcessor.class::cast);
  }

  /** Refuses what a known order of channels does not allow. */
  void check(boolean channelsLast) {
    for (NetworkPart part : channelsLast ? ordered : List.<NetworkPart>of()) {
      refusals.add(
          part.toString(),
          "reads flattened images whose channels are last; put it before the flattening");
    }
  }
}
