package org.dl4jsnn.examples.onnx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast and how well one side answers recordings in slices of one length. */
final class StreamTimes {

  private static final double MICRO = 1e3;
  private static final double SECOND = 1e6;
  private static final double PERCENTILE = 0.99;
  private static final int SETTLING = 60;
  private static final int SILENT = 30;

  private final StreamSide side;
  private final double sliceMicros;
  private final int perRecording;
  private final float[] real;
  private final float[] silent;
  private int recordings;
  private int right;
  private double additions;

  StreamTimes(StreamSide side, double sliceMicros, int recordings) {
    this.side = side;
    this.sliceMicros = sliceMicros;
    perRecording = slices(sliceMicros);
    real = new float[recordings * perRecording];
    silent = new float[recordings * SILENT];
  }

  private static int slices(double sliceMicros) {
    return (int) Math.ceil(RecordedStream.DURATION / sliceMicros);
  }

  /** The median number of events of a slice. */
  static float events(List<RecordedStream> recordings, double sliceMicros) {
    int slices = slices(sliceMicros);
    float[] events = new float[recordings.size() * slices];
    for (int i = 0; i < events.length; i++) {
      RecordedStream recording = recordings.get(i / slices);
      int slice = i % slices;
      events[i] = recording.first((slice + 1) * sliceMicros) - recording.first(slice * sliceMicros);
    }
    return quantile(0.5, events);
  }

  /** Runs a recording, then silence, whose first steps are not timed. */
  void take(RecordedStream recording) {
    side.begin();
    int next = 0;
    for (int i = 0; i < perRecording; i++) {
      int first = next;
      double end = (i + 1) * sliceMicros;
      next = recording.first(end);
      real[recordings * perRecording + i] = side.step(recording, end, first, next);
    }
    right += argMax(side.outputs()) == recording.label() ? 1 : 0;
    additions += side.additions();
    int last = recording.times().length;
    for (int i = 0; i < SETTLING + SILENT; i++) {
      double end = (perRecording + i + 1) * sliceMicros;
      long time = side.step(recording, end, last, last);
      if (i >= SETTLING) {
        silent[recordings * SILENT + i - SETTLING] = time;
      }
    }
    recordings++;
  }

  /** Forgets what was taken, which was for warming up. */
  void forget() {
    recordings = 0;
    right = 0;
    additions = 0;
  }

  private static int argMax(float... outputs) {
    int largest = 0;
    for (int i = 1; i < outputs.length; i++) {
      largest = outputs[i] > outputs[largest] ? i : largest;
    }
    return largest;
  }

  private static float quantile(double share, float... values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** µs, the median of real slices. */
  double step() {
    return quantile(0.5, real) / MICRO;
  }

  /** µs, the median of silent slices. */
  double silence() {
    return quantile(0.5, silent) / MICRO;
  }

  double accuracy() {
    return (double) right / recordings;
  }

  String engine() {
    return side.engine();
  }

  Map<String, Object> figures(float events) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("engine", side.engine());
    figures.put("slice_ms", sliceMicros / MICRO);
    figures.put("events_median", events);
    figures.put("step_us_median", RivalTimes.rounded(step()));
    figures.put("step_us_p99", RivalTimes.rounded(quantile(PERCENTILE, real) / MICRO));
    figures.put("silent_us_median", RivalTimes.rounded(silence()));
    double sum = 0;
    for (float time : real) {
      sum += time;
    }
    double seconds = recordings * RecordedStream.DURATION / SECOND;
    figures.put("us_per_second_of_recording", RivalTimes.rounded(sum / MICRO / seconds));
    figures.put("additions", Math.round(additions / recordings / perRecording));
    figures.put("accuracy", accuracy());
    return figures;
  }
}
