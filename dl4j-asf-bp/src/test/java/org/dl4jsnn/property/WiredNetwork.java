package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertFinite;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Makes, queries and trains the network of a wiring. */
final class WiredNetwork {

  private static final int SAMPLES = 2;
  private static final int T = 5;
  private static final int CHANNELS = 2;
  private static final int SIDE = 6;

  private final WiringPlan plan;

  WiredNetwork(WiringPlan plan) {
    this.plan = plan;
  }

  void run() {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(1e-3)).list();
    plan.parts().forEach(part -> list.layer(layer(part)));
    MultiLayerNetwork network =
        Networks.of(
            list.layer(Networks.linear(3)).setInputType(inputType(plan.declared())).build());
    INDArray features = features(plan.given());
    assertFinite(network.output(features), "output");
    network.fit(new DataSet(features, Nd4j.ones(SAMPLES, 3)));
    assertFinite(network.output(features), "output after an update");
  }

  private static InputType inputType(WiringPlan.Kind kind) {
    return switch (kind) {
      case VECTORS -> InputType.feedForward(CHANNELS * SIDE * SIDE);
      case IMAGES -> InputType.convolutional(SIDE, SIDE, CHANNELS);
      case FLAT_IMAGES -> InputType.convolutionalFlat(SIDE, SIDE, CHANNELS);
      case SEQUENCES -> InputType.recurrent(CHANNELS, T);
      case VIDEOS ->
          InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, T, SIDE, SIDE, CHANNELS);
    };
  }

  private static INDArray features(WiringPlan.Kind kind) {
    long[] axes =
        switch (kind) {
          case VECTORS, FLAT_IMAGES -> new long[] {SAMPLES, CHANNELS * SIDE * SIDE};
          case IMAGES -> new long[] {SAMPLES, CHANNELS, SIDE, SIDE};
          case SEQUENCES -> new long[] {SAMPLES, CHANNELS, T};
          case VIDEOS -> new long[] {SAMPLES, CHANNELS, T, SIDE, SIDE};
        };
    return Nd4j.ones(axes).muli(0.7);
  }

  private Layer layer(WiringPlan.Part part) {
    return switch (part) {
      case POISSON -> SpikeEncoding.poisson(T).build();
      case DIRECT -> SpikeEncoding.direct(T).build();
      case FRAMES -> SpikeEncoding.frames().build();
      case SPIKING_DENSE -> new SpikingDense.Builder().nOut(7).backprop(rule()).build();
      case SPIKING_CONVOLUTION ->
          new SpikingConvolution2D.Builder(2, 2).nOut(4).backprop(rule()).build();
      case SPIKING_AVERAGE ->
          new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).backprop(rule()).build();
      case SPIKING_MAXIMUM -> new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build();
      case SPIKING_DROPOUT -> new SpikingDropout.Builder().retain(0.5).build();
      case SPIKE_ACCUMULATION -> new SpikeAccumulation.Builder().build();
      case DENSE -> new DenseLayer.Builder().nOut(7).activation(Activation.RELU).build();
      case DROPOUT -> new DropoutLayer.Builder(0.5).build();
      case ACTIVATION -> new ActivationLayer.Builder().activation(Activation.RELU).build();
      case BATCH_NORMALIZATION -> new BatchNormalization.Builder().build();
      case CONVOLUTION -> new ConvolutionLayer.Builder(2, 2).nOut(4).build();
      case SUBSAMPLING -> new SubsamplingLayer.Builder(new int[] {2, 2}, new int[] {2, 2}).build();
    };
  }

  private BackpropRule rule() {
    return switch (plan.rule()) {
      case SPATIO_TEMPORAL, SPATIO_TEMPORAL_DENSE -> new SpatioTemporalBackprop();
      case RATE -> new RateBackprop();
      case ASF -> new AsfBackprop();
    };
  }
}
