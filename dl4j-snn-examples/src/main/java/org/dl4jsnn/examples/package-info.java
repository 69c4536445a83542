/**
 * Runnable examples behind one command line, {@link org.dl4jsnn.examples.cli.Examples}. Packages
 * depend only on those below them:
 *
 * <pre>
 *  cli                       knows every command
 *  train  bench  plots  live  spark  convert
 *  events  ui  nir  deploy
 *  data
 *  support
 *
 *  guide                     code shown in the documents
 *  notebook                  the kernel of the notebooks
 * </pre>
 *
 * <p>This package holds only the former name of a class.
 */
package org.dl4jsnn.examples;
