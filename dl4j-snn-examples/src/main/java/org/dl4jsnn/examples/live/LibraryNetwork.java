package org.dl4jsnn.examples.live;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.train.TrainingException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of Deeplearning4j, stepped as {@code rnnTimeStep} does. */
final class LibraryNetwork implements SteppedNetwork {

  private final NeuralNetwork network;
  private StreamedOutput stream;

  LibraryNetwork(NeuralNetwork network) {
    this.network = network;
    this.stream = new StreamedOutput(network);
  }

  /**
   * A network from a file, which does not say of which kind it is.
   *
   * @throws TrainingException if it cannot be read
   * @throws IllegalArgumentException if it has no answer after every step
   */
  static LibraryNetwork load(Path file) {
    return new LibraryNetwork(SavedNetwork.load(file));
  }

  @Override
  public Optional<FeatureShape> inputShape() {
    return NetworkWalk.of(network).parts().stream()
        .limit(1)
        .map(NetworkPart::configuration)
        .filter(SpikeEncoding.class::isInstance)
        .flatMap(encoding -> ((SpikeEncoding) encoding).sampleShape().stream())
        .findFirst();
  }

  /** Frames as a minibatch of one sample, [1, channels, T, height, width]. */
  static INDArray array(EventFrames frames) {
    return Nd4j.createFromArray(frames.values())
        .reshape(
            1,
            frames.shape().channels(),
            frames.shape().steps(),
            frames.shape().height(),
            frames.shape().width());
  }

  @Override
  public void reset() {
    StreamState.clear(network);
    stream = new StreamedOutput(network);
  }

  @Override
  public double[] step(EventFrames frame) {
    try {
      return stream.feed(array(frame)).after(1).getRow(0).toDoubleVector();
    } catch (DL4JException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Map<String, Double> rates() {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (RecordedTrains.Recorded each : stream.trains()) {
      rates.put(each.layer(), SteppedNetwork.rate(each.train()));
    }
    return rates;
  }
}
