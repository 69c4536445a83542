package org.dl4jsnn.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The progress of a training, in addition to what Deeplearning4j saves with its network:
 * parameters, slopes, the updater's state, seed, epoch and iteration. Noise depends only on seed
 * and iteration, and the order of samples only on seed and epoch, so no generator state is needed.
 *
 * @param minibatches completed minibatches of the epoch; all of them if only the evaluation is
 *     missing
 * @param batch samples per minibatch
 * @param samples samples per epoch
 * @param loss the loss per sample, averaged over the last minibatches
 * @param seconds training time in the epoch
 * @param rates firing rates in the epoch's last minibatch; empty before it
 * @param rows the completed epochs
 * @param input the network's input; empty if unknown or always the same
 */
record TrainingState(
    int minibatches,
    int batch,
    int samples,
    double loss,
    double seconds,
    List<Double> rates,
    List<EpochRow> rows,
    String input) {

  /** The state before or between epochs about which nothing is known. */
  static TrainingState atEpochStart(int batch, int samples) {
    return new TrainingState(0, batch, samples, Double.NaN, 0, List.of(), List.of(), "");
  }

  /** Whether an epoch was evaluated on held-out samples. */
  boolean hasHeldOut() {
    return rows.stream().anyMatch(row -> !Double.isNaN(row.heldOut()));
  }

  byte[] toJson() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("minibatches", minibatches);
    json.put("batch", batch);
    json.put("samples", samples);
    // As text, since JSON has no NaN.
    json.put("loss", String.valueOf(loss));
    json.put("seconds", seconds);
    json.put("rates", rates);
    json.put("rows", rows.stream().map(EpochRow::toCsv).toList());
    json.put("input", input);
    return new ObjectMapper().writeValueAsBytes(json);
  }

  static TrainingState fromJson(byte[] text) throws IOException {
    Map<?, ?> json = new ObjectMapper().readValue(text, Map.class);
    return new TrainingState(
        ((Number) value(json, "minibatches")).intValue(),
        ((Number) value(json, "batch")).intValue(),
        ((Number) value(json, "samples")).intValue(),
        Double.parseDouble((String) value(json, "loss")),
        ((Number) value(json, "seconds")).doubleValue(),
        ((List<?>) value(json, "rates")).stream().map(Double.class::cast).toList(),
        ((List<?>) value(json, "rows"))
            .stream().map(row -> EpochRow.fromCsv((String) row)).toList(),
        json.get("input") instanceof String input ? input : "");
  }

  private static Object value(Map<?, ?> json, String key) throws IOException {
    Object value = json.get(key);
    if (value == null) {
      throw new IOException("The training's state must have a value for " + key + ", got " + json);
    }
    return value;
  }
}
