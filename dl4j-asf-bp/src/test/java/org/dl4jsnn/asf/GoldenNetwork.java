package org.dl4jsnn.asf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.array.PooledArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** A network of the golden vectors, made through the public configuration. */
final class GoldenNetwork {

  /**
   * A layer of a golden network.
   *
   * @param flow its name in the accumulated arrays, {@code Total_FLOW_output}
   * @param current its name in the accumulated input, or null for max pooling
   * @param weight the name of its weights, or null
   * @param slope the name of its slope, or null for max pooling
   */
  record Part(String flow, String current, String weight, String slope) {}

  final MultiLayerNetwork network;
  final List<Part> parts;

  private final GoldenSet set;

  GoldenNetwork(GoldenSet set) {
    this.set = set;
    this.parts = parts(set.network());
    this.network = build();
  }

  private static List<Part> parts(String network) {
    return switch (network) {
      case "lenet5" ->
          List.of(
              new Part("1", "c1", "cnn1", "scale1"),
              new Part("p1", "p1", null, "scale2"),
              new Part("2", "c2", "cnn2", "scale3"),
              new Part("p2", "p2", null, "scale4"),
              new Part("f0", "f0", "fc0", "scale5"));
      case "vgg7", "dvs" ->
          List.of(
              new Part("11", "11", "cnn11", "scale11"),
              new Part("12", "12", "cnn12", "scale12"),
              new Part("p1", "p1", null, "scalep1"),
              new Part("21", "21", "cnn21", "scale21"),
              new Part("22", "22", "cnn22", "scale22"),
              new Part("23", "23", "cnn23", "scale23"),
              new Part("p2", null, null, null),
              new Part("f0", "f0", "fc0", "scalef0"));
      default -> throw new IllegalArgumentException("network must be known, got " + network);
    };
  }

  private MultiLayerNetwork build() {
    double threshold = set.number("threshold");
    double leak = set.number("leak");
    List<Layer> layers = new ArrayList<>();
    layers.add(SpikeEncoding.frames().build());
    for (Part part : parts) {
      layers.add(layer(part, threshold, leak));
    }
    layers.add(
        new OutputLayer.Builder(new LossL2())
            .nOut(set.array("w_fc1").size(0))
            .activation(new ReadOutActivation(threshold))
            .hasBias(false)
            .build());
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0)) // the golden batches all have the same weights
            .miniBatch(false)
            .list(layers.toArray(Layer[]::new));
    var configuration = list.setInputType(inputType()).build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork made = Networks.of(configuration);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).weight != null) {
        INDArray weight = set.array("w_" + parts.get(i).weight);
        made.getLayer(i + 1).setParam("W", weight.rank() == 2 ? weight.transpose() : weight);
      }
    }
    made.getOutputLayer().setParam("W", set.array("w_fc1").transpose());
    return made;
  }

  private Layer layer(Part part, double threshold, double leak) {
    if (part.weight == null) {
      return part.current == null
          ? new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build()
          : new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
              .threshold(set.number("poolThreshold"))
              .build();
    }
    INDArray weight = set.array("w_" + part.weight);
    return weight.rank() == 2
        ? new SpikingDense.Builder().nOut(weight.size(0)).threshold(threshold).leak(leak).build()
        : new SpikingConvolution2D.Builder((int) weight.size(2), (int) weight.size(3))
            .nOut(weight.size(0))
            .threshold(threshold)
            .leak(leak)
            .build();
  }

  private InputType inputType() {
    INDArray input = features(0);
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, input.size(2), input.size(3), input.size(4), input.size(1));
  }

  /** The input of a batch, [minibatch, channels, T, height, width]. */
  INDArray features(int batch) {
    if (!set.network().equals("dvs")) {
      return set.array(batch, "spikes_in").permute(1, 2, 0, 3, 4).dup('c');
    }
    INDArray frames = set.array(batch, "frames").permute(0, 1, 4, 2, 3).dup('c');
    return nineTimesAverageOfThree(frames);
  }

  private static INDArray nineTimesAverageOfThree(INDArray frames) {
    long[] size = frames.shape();
    Window2D.Axis axis = new Window2D.Axis(3, 3, 0, 1, false);
    INDArray merged = frames.reshape('c', size[0], size[1] * size[2], size[3], size[4]);
    PoolingWindows windows =
        new PoolingWindows(new Window2D(axis, axis), FeatureShapes.ofSamples(merged));
    INDArray pooled = Nd4j.create(windows.output().arrayShape((int) size[0]));
    PooledArrays.pool(windows, "avgpool2d", merged, pooled);
    // Whole numbers; dividing by nine and multiplying again may round them.
    INDArray sums = Nd4j.math().round(pooled.mul(9));
    return sums.reshape('c', size[0], size[1], size[2], sums.size(2), sums.size(3));
  }
}
