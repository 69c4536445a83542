package org.dl4jsnn.examples.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.train.LearningRateSchedule;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Ordinary networks for streams of events: they look at a frame with the events of the last
 * moments, at every slice, and are trained on such frames.
 *
 * @param windowMicros how much of a recording a frame shows, in µs
 */
record FrameRivals(long windowMicros) {

  private static final int BATCH = 32;
  private static final double RATE = 1e-3;
  private static final int CLASSES = 10;
  private static final int SHIFT = 2;

  /** The networks by name, the smallest first; the last has the layers of ours. */
  static Map<String, List<Layer>> all() {
    Map<String, List<Layer>> networks = new LinkedHashMap<>();
    networks.put("8C5/2-16C3/2-AP3", small(8, 0));
    networks.put("16C5/2-32C3/2-AP3", small(16, 0));
    networks.put("16C5/2-32C3/2-AP3-64", small(16, 64));
    networks.put("32C5/2-64C3/2-AP3-128", small(32, 128));
    networks.put(
        "16C3-AP2-32C3-AP2-128",
        List.of(convolution(16, 3, 1), pooling(2), convolution(32, 3, 1), pooling(2), dense(128)));
    networks.put(
        "32C3-AP2-64C3-AP2-256",
        List.of(convolution(32, 3, 1), pooling(2), convolution(64, 3, 1), pooling(2), dense(256)));
    return networks;
  }

  private static List<Layer> small(int channels, int hidden) {
    List<Layer> layers =
        new ArrayList<>(
            List.of(convolution(channels, 5, 2), convolution(2 * channels, 3, 2), pooling(3)));
    if (hidden > 0) {
      layers.add(dense(hidden));
    }
    return layers;
  }

  private static Layer convolution(int channels, int kernel, int stride) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(channels)
        .stride(stride, stride)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.RELU)
        .build();
  }

  private static Layer pooling(int size) {
    return new SubsamplingLayer.Builder(
            SubsamplingLayer.PoolingType.AVG, new int[] {size, size}, new int[] {size, size})
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  private static Layer dense(int size) {
    return new DenseLayer.Builder().nOut(size).activation(Activation.RELU).build();
  }

  /** A network trained on one frame of each recording per epoch, which ends at a random time. */
  MultiLayerNetwork train(List<Layer> layers, List<RecordedStream> recordings, int epochs) {
    int size = Math.min(BATCH, recordings.size());
    int minibatches = recordings.size() / size;
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.RELU)
            .updater(new Adam(LearningRateSchedule.COSINE.of(RATE, epochs, minibatches, 0)))
            .list();
    layers.forEach(layer -> list.layer(layer.clone()));
    list.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
    int side = RecordedStream.SIDE;
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(InputType.convolutional(side, side, 2)).build());
    network.init();
    List<RecordedStream> shuffled = new ArrayList<>(recordings);
    Random random = new Random(1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      Collections.shuffle(shuffled, random);
      for (int i = 0; i < minibatches; i++) {
        network.fit(minibatch(shuffled.subList(i * size, (i + 1) * size), random));
      }
    }
    return network;
  }

  /** Frames that choose the ranges of integers. */
  DataSetIterator calibration(List<RecordedStream> recordings) {
    return new SingletonDataSetIterator(minibatch(recordings, new Random(2)));
  }

  private DataSet minibatch(List<RecordedStream> recordings, Random random) {
    int size = 2 * RecordedStream.SIDE * RecordedStream.SIDE;
    float[] frames = new float[recordings.size() * size];
    INDArray labels = Nd4j.zeros(recordings.size(), CLASSES);
    for (int i = 0; i < recordings.size(); i++) {
      RecordedStream recording = recordings.get(i).shifted(SHIFT, random);
      float[] frame = new float[size];
      double end = RecordedStream.DURATION * (1 - random.nextDouble());
      recording.count(recording.first(end - windowMicros), recording.first(end), frame);
      System.arraycopy(frame, 0, frames, i * size, size);
      labels.putScalar(i, recording.label(), 1);
    }
    int side = RecordedStream.SIDE;
    return new DataSet(
        Nd4j.create(frames, new long[] {recordings.size(), 2, side, side}, 'c'), labels);
  }

  /** Multiply-adds of a frame. */
  static long multiplyAdds(MultiLayerNetwork network) {
    INDArray frame = Nd4j.zeros(1, 2, RecordedStream.SIDE, RecordedStream.SIDE);
    List<INDArray> activations = network.feedForward(frame);
    return IntStream.range(0, network.getnLayers())
        .filter(i -> network.getLayer(i).paramTable().containsKey("W"))
        .mapToLong(
            i -> {
              INDArray weights = network.getLayer(i).getParam("W");
              INDArray out = activations.get(i + 1);
              return weights.length() * (out.rank() == 4 ? out.size(2) * out.size(3) : 1);
            })
        .sum();
  }
}
