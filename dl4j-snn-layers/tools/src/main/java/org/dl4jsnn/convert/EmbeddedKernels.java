package org.dl4jsnn.convert;

/** Embeds kernels in a larger one, between zero taps. */
record EmbeddedKernels(Axis rows, Axis columns, int height, int width) {

  LinearWeights embedded(Form.Term term) {
    LinearWeights small = term.weights();
    if (rows.equals(term.rows()) && columns.equals(term.columns())) {
      return small;
    }
    int top = term.rows().firstTapIn(rows, height);
    int left = term.columns().firstTapIn(columns, width);
    int taps = rows.kernel() * columns.kernel();
    double[] values = new double[small.outputs() * small.inputs() * taps];
    double[] bias = new double[small.outputs()];
    for (int output = 0; output < small.outputs(); output++) {
      bias[output] = small.bias(output);
      for (int input = 0; input < small.inputs(); input++) {
        int first = (output * small.inputs() + input) * taps;
        for (int tap = 0; tap < small.taps(); tap++) {
          int row = top + tap / term.columns().kernel();
          int column = left + tap % term.columns().kernel();
          values[first + row * columns.kernel() + column] = small.at(output, input, tap);
        }
      }
    }
    return new LinearWeights(small.outputs(), small.inputs(), taps, values, bias);
  }
}
