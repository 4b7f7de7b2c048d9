declare module '*.css'
declare module 'tdesign-react/es/_util/react-19-adapter.js'
