package org.dl4jsnn.asf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Networks and data small enough for tests: three classes of 8×8 images. */
public final class SmallNetworks {

  static final int SIZE = 8;
  static final int CLASSES = 3;

  private SmallNetworks() {}

  static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(5e-3))
        .l2(1e-4)
        .miniBatch(false);
  }

  /** Convolution, average pooling, convolution, max pooling, dense, read-out. */
  static MultiLayerConfiguration configuration(int steps, WorkspaceMode workspaces) {
    MultiLayerConfiguration configuration =
        settings()
            .trainingWorkspaceMode(workspaces)
            .inferenceWorkspaceMode(workspaces)
            .list()
            .layer(SpikeEncoding.poisson(steps).build())
            .layer(new SpikingConvolution2D.Builder(3, 3).nOut(6).hasBias(true).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingConvolution2D.Builder(3, 3).nOut(5).leak(0.9).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build())
            .layer(new SpikingDense.Builder().nOut(20).build())
            .layer(readOut())
            .setInputType(InputType.convolutional(SIZE, SIZE, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  /** A graph of layers on each other, which are named by their place. */
  static ComputationGraph graph(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        settings.graphBuilder().addInputs("in").setInputTypes(input);
    String before = "in";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer(String.valueOf(i), layers[i], before);
      before = String.valueOf(i);
    }
    return Networks.of(builder.setOutputs(before).build());
  }

  /** Layers on each other that learn by the published rule; the input may be null. */
  static MultiLayerNetwork learningByFlow(InputType input, Layer... layers) {
    for (Layer layer : layers) {
      if (layer instanceof BaseSpikingLayer spiking) {
        spiking.setBackprop(new AsfBackprop());
      }
    }
    return Networks.of(settings(), input, layers);
  }

  /** What is read of a saved network. */
  @SuppressWarnings("unchecked")
  public static <M extends Model> M restored(M network) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ModelSerializer.writeModel(network, file, true);
      InputStream saved = new ByteArrayInputStream(file.toByteArray());
      return (M)
          (network instanceof ComputationGraph
              ? ModelSerializer.restoreComputationGraph(saved, true)
              : ModelSerializer.restoreMultiLayerNetwork(saved, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer of a network of either type. */
  public static INDArray output(Model network, INDArray features) {
    return network instanceof ComputationGraph graph
        ? graph.outputSingle(features)
        : ((MultiLayerNetwork) network).output(features);
  }

  static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(CLASSES)
        .activation(Activation.IDENTITY)
        .weightInit(WeightInit.RELU)
        .hasBias(false)
        .build();
  }

  static MultiLayerNetwork network(int steps, WorkspaceMode workspaces) {
    return Networks.of(configuration(steps, workspaces));
  }

  static MultiLayerNetwork network() {
    return network(12, WorkspaceMode.ENABLED);
  }

  /** Two spiking branches read the same spikes; their rates are merged for the read-out. */
  static ComputationGraphConfiguration branched(WorkspaceMode workspaces) {
    ComputationGraphConfiguration configuration =
        settings()
            .trainingWorkspaceMode(workspaces)
            .inferenceWorkspaceMode(workspaces)
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(InputType.convolutional(SIZE, SIZE, 1))
            .addLayer("encoding", SpikeEncoding.poisson(10).build(), "images")
            .addLayer("stem", new SpikingConvolution2D.Builder(3, 3).nOut(4).build(), "encoding")
            .addLayer("left", new SpikingDense.Builder().nOut(12).build(), "stem")
            .addLayer("pool", new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(), "stem")
            .addLayer("right", new SpikingDense.Builder().nOut(9).build(), "pool")
            .addVertex("merge", new MergeVertex(), "left", "right")
            .addLayer("readout", readOut(), "merge")
            .setOutputs("readout")
            .build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  /** Images with a bright third: left, middle or right. */
  static DataSet images(int samples, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[samples * SIZE * SIZE];
    float[] labels = new float[samples * CLASSES];
    int pixel = 0;
    for (int sample = 0; sample < samples; sample++) {
      int label = random.nextInt(CLASSES);
      labels[sample * CLASSES + label] = 1;
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          boolean bright = x * CLASSES / SIZE == label;
          pixels[pixel++] = (bright ? 0.6f : 0.1f) + 0.3f * random.nextFloat();
        }
      }
    }
    return new DataSet(
        Nd4j.create(pixels, new long[] {samples, 1, SIZE, SIZE}, 'c'),
        Nd4j.create(labels, new long[] {samples, CLASSES}, 'c'));
  }

  static List<DataSet> minibatches(int samples, int batch, long seed) {
    return minibatches(images(samples, seed), batch);
  }

  /** What {@link DataSet#batchBy} gives, which takes every sample apart and puts them together. */
  static List<DataSet> minibatches(DataSet data, int batch) {
    List<DataSet> minibatches = new ArrayList<>();
    for (int first = 0; first < data.numExamples(); first += batch) {
      INDArrayIndex rows =
          NDArrayIndex.interval(first, Math.min(first + batch, data.numExamples()));
      minibatches.add(
          new DataSet(data.getFeatures().get(rows).dup(), data.getLabels().get(rows).dup()));
    }
    return minibatches;
  }
}
