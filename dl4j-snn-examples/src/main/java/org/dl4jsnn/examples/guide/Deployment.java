package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.model.ModelLimits;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** From a trained network to a device, as shown in docs/deploy.md. */
final class Deployment {

  private Deployment() {}

  static ParallelInference serve(Path file) throws IOException {
    // begin serve
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
    ParallelInference service =
        new ParallelInference.Builder(network)
            .workers(2)
            .inferenceMode(InferenceMode.INPLACE)
            .build();
    // service.output(features) from any thread
    // end serve
    return service;
  }

  static INDArray next(
      MultiLayerNetwork network, Map<String, StreamState> clients, String client, INDArray piece) {
    // begin clients
    if (clients.containsKey(client)) {
      clients.get(client).restore(network);
    } else {
      StreamState.clear(network);
    }
    INDArray answer = network.rnnTimeStep(piece);
    clients.put(client, StreamState.of(network));
    // end clients
    return answer;
  }

  static MultiLayerNetwork round(MultiLayerNetwork trained) {
    // begin weights
    MultiLayerNetwork rounded =
        WeightQuantization.toBits(8).quantize(trained); // or a ComputationGraph
    // end weights
    return rounded;
  }

  static void chip(MultiLayerNetwork trained, Path folder) throws IOException {
    // begin chip
    IntegerNetwork<MultiLayerNetwork> chip =
        IntegerQuantization.toBits(8).perLayer().quantize(trained);
    chip.writeArrays(folder); // 1.weight.npy, 1.threshold.npy, …
    NirFiles.write(NirExport.ofTimeStep(1e-3).export(chip.network()), folder.resolve("chip.nir"));
    // end chip
  }

  static void write(MultiLayerNetwork network, Path file) throws IOException {
    // begin export
    RuntimeExport.toBits(8).write(network, file); // or inSinglePrecision()
    // end export
  }

  static int decide(Path file, float[] pixels) throws IOException {
    // begin run
    SpikingModel model = SpikingModel.load(file); // once; threads may share it
    Answer answer = model.run(pixels); // [channels, height, width], flattened
    int decision = answer.decision();
    float[] outputs = answer.outputs();
    // end run
    return outputs.length == 0 ? -1 : decision;
  }

  static int follow(SpikingModel model, Iterable<float[]> frames) {
    int decision = -1;
    // begin stream
    SpikingStream stream = model.stream(); // one for each sensor
    for (float[] frame : frames) {
      Answer answer = stream.step(frame); // any number of steps, [n, T]
      decision = answer.decision();
    }
    stream.reset(); // neurons at rest
    // end stream
    return decision;
  }

  static SpikingStream move(SpikingStream stream, SpikingModel model) throws IOException {
    // begin move
    byte[] position = stream.toBytes(); // into a file, a map, a message

    SpikingStream next = model.stream(); // the same model, perhaps on another machine
    next.restore(position);
    // end move
    return next;
  }

  static MultiLayerNetwork load(Path file) throws IOException {
    // begin load
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
    // end load
    return network;
  }

  static MultiLayerNetwork loadMore(Path file) throws IOException {
    // begin more
    SafeModels models =
        SafeModels.defaults()
            .allowing(EvenSpikes.class) // your own encoder
            .within(ModelLimits.defaults().bytes(4L << 30)); // instead of 1 GiB
    // end more
    return models.multiLayerNetwork(file);
  }

  static QuantizationReport report(MultiLayerNetwork trained, DataSetIterator testData, Path folder)
      throws IOException {
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
    // begin report
    QuantizationReport report = QuantizationReport.of(trained, chip, testData);
    // end report
    chip.writeArrays(folder);
    return report;
  }
}
