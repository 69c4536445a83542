/**
 * The command lines. {@link org.dl4jsnn.examples.cli.Program} lists every command; {@link
 * org.dl4jsnn.examples.cli.Snn} arranges them in groups, {@link org.dl4jsnn.examples.cli.Examples}
 * by one-word names. Packages of the examples depend only on those below them:
 *
 * <pre>
 *  cli                       knows every command
 *  onnx                      above bench, plots and train
 *  train  bench  plots  live  spark  convert
 *  events  ui  nir  deploy
 *  data
 *  support
 *
 *  guide                     code shown in the documents
 *  notebook                  the kernel of the notebooks
 * </pre>
 */
package org.dl4jsnn.examples.cli;
