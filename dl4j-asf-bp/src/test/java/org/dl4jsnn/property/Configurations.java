package org.dl4jsnn.property;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Makes configurations of plans. */
final class Configurations {

  static final String INPUT = "in";
  static final String READ_OUT = "z read-out";
  static final int CLASSES = 3;

  private Configurations() {}

  private static NeuralNetConfiguration.Builder settings(RandomNetworkPlan plan) {
    // Adam's smallest number is zero in half precision.
    boolean half = plan.precision() == RandomNetworkPlan.Precision.HALF;
    return new NeuralNetConfiguration.Builder()
        .seed(plan.seed())
        .dataType(plan.precision().type)
        .updater(half ? new Sgd(1e-2) : new Adam(1e-3));
  }

  private static OutputLayer readOut() {
    return Networks.readOut(CLASSES);
  }

  static MultiLayerConfiguration chain(RandomNetworkPlan plan) {
    NeuralNetConfiguration.ListBuilder list = settings(plan).list().layer(plan.encoding().layer());
    FeatureShape shape = plan.encoding().spikes(plan.shape());
    for (TrainedLayerPlan drawn : plan.layers()) {
      Layer layer = plan.allowed(drawn).layer(shape, plan.arithmetic());
      shape = after(layer, shape);
      list.layer(layer);
    }
    return list.layer(readOut()).setInputType(plan.encoding().inputType(plan.shape())).build();
  }

  private static GraphVertex join(RandomNetworkPlan.Topology topology, Layer layer) {
    boolean fires = layer instanceof BaseSpikingLayer spiking && spiking.hasNeurons();
    return switch (topology) {
      case CONCATENATE -> new SpikingConcatenate();
      case AND -> fires ? new SpikingAnd() : new SpikingAdd();
      case AND_NOT -> fires ? new SpikingAndNot() : new SpikingAdd();
      default -> new SpikingAdd();
    };
  }

  private static FeatureShape after(Layer layer, FeatureShape input) {
    if (!(layer instanceof BaseSpikingLayer spiking)) {
      return input;
    }
    // The outputs of pooling follow from its inputs.
    spiking.setNIn(FeatureShapes.inputType(input), true);
    return spiking.outputShape(input);
  }

  /** The first layer, then a second one whose train meets the first one's, then the others. */
  static ComputationGraphConfiguration graph(RandomNetworkPlan plan) {
    var builder =
        settings(plan)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(plan.encoding().inputType(plan.shape()))
            .addLayer("encoding", plan.encoding().layer(), INPUT);
    FeatureShape shape = plan.encoding().spikes(plan.shape());
    TrainedLayerPlan first = plan.allowed(plan.layers().get(0));
    Layer layer = first.layer(shape, plan.arithmetic());
    shape = after(layer, shape);
    builder.addLayer("layer 0", layer, "encoding");
    LayerPlan.Kind kind = shape.spatial() ? LayerPlan.Kind.CONVOLUTION : LayerPlan.Kind.DENSE;
    TrainedLayerPlan branch =
        first.with(
            first
                .layer()
                .withOutputs(shape.channels())
                .with(WindowPlan.keepingSize())
                .withKind(kind));
    builder.addLayer("branch", branch.layer(shape, plan.arithmetic()), "layer 0");
    builder.addVertex("joined", join(plan.topology(), layer), "layer 0", "branch");
    if (plan.topology() == RandomNetworkPlan.Topology.CONCATENATE) {
      shape =
          shape.spatial()
              ? FeatureShape.image(2 * shape.channels(), shape.height(), shape.width())
              : FeatureShape.vector(2 * shape.channels());
    }
    String before = "joined";
    for (int i = 1; i < plan.layers().size(); i++) {
      layer = plan.allowed(plan.layers().get(i)).layer(shape, plan.arithmetic());
      shape = after(layer, shape);
      builder.addLayer("layer " + i, layer, before);
      before = "layer " + i;
    }
    return builder.addLayer(READ_OUT, readOut(), before).setOutputs(READ_OUT).build();
  }
}
