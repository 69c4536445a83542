package org.dl4jsnn.examples.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that takes a window of frames step by step. */
interface SteppedNetwork {

  /** The shape of a step's frame; empty if the network does not know it. */
  Optional<FeatureShape> inputShape();

  /** Begins a window: neurons at rest. */
  void reset();

  /** Takes the next step's frame; returns the outputs over all steps since the window began. */
  double[] step(EventFrames frame);

  /** The same for a step of channels without places, as of sound. */
  double[] step(float... channels);

  /** What each layer passed on in the last step, in spikes per neuron, in execution order. */
  Map<String, Double> rates();

  /** Spikes per neuron and step. */
  static double rate(SpikeTrain train) {
    double spikes = 0;
    float[] totals = train.totals();
    for (float total : totals) {
      spikes += total;
    }
    return spikes / totals.length / train.steps();
  }

  /** A network of Deeplearning4j, stepped as {@code rnnTimeStep} does. */
  static final class LibraryNetwork implements SteppedNetwork {

    private final NeuralNetwork network;
    private StreamedOutput stream;

    LibraryNetwork(NeuralNetwork network) {
      this.network = network;
      this.stream = new StreamedOutput(network);
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
      return step(array(frame));
    }

    @Override
    public double[] step(float... channels) {
      return step(Nd4j.createFromArray(channels).reshape(1, channels.length, 1));
    }

    private double[] step(INDArray piece) {
      try {
        return stream.feed(piece).after(1).getRow(0).toDoubleVector();
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

  /** A compact model in the runtime, without natives. */
  static final class RuntimeNetwork implements SteppedNetwork {

    private final FeatureShape input;
    private final SpikingStream stream;
    private Map<String, Double> rates = Map.of();

    /** A network at rest, which must take frames. */
    RuntimeNetwork(SpikingModel model) {
      if (!model.hasTimeAxis()) {
        throw new IllegalArgumentException(
            "the model must take frames, got one that encodes images over T = " + model.steps());
      }
      this.input = model.inputShape();
      this.stream = model.stream();
    }

    @Override
    public Optional<FeatureShape> inputShape() {
      return Optional.of(input);
    }

    @Override
    public void reset() {
      stream.reset();
    }

    @Override
    public double[] step(EventFrames frame) {
      return step(frame.values());
    }

    @Override
    public double[] step(float... channels) {
      Answer answer = stream.step(channels);
      rates = new LinkedHashMap<>();
      for (String layer : answer.layers()) {
        rates.put(layer, SteppedNetwork.rate(answer.spikes(layer)));
      }
      float[] outputs = stream.outputsSoFar();
      return IntStream.range(0, outputs.length).mapToDouble(i -> outputs[i]).toArray();
    }

    @Override
    public Map<String, Double> rates() {
      return rates;
    }
  }
}
